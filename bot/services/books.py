"""The conversation's book from what the package ships."""

from bot.conversation.book import Book
from bot.locales import Catalogues
from knowledge.catalogue import Catalogue, shipped_catalogue
from knowledge.dangers import shipped_reader
from knowledge.hotlines import shipped_hotlines
from knowledge.observables import Extractor
from knowledge.places import PlaceReader


def shipped_book(catalogue: Catalogue | None = None) -> Book:
    """Reads every file of knowledge and translations: some seconds, once a process."""
    places = PlaceReader.shipped()
    return Book(
        catalogue=catalogue if catalogue is not None else shipped_catalogue(),
        hotlines=shipped_hotlines(),
        reader=shipped_reader(),
        extractor=Extractor.shipped(),
        guess_country=places.guess,
        name_country=places.named,
        translator=Catalogues.load().translator,
    )
