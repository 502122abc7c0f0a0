"""A turn and the release it is read with."""

import json
from dataclasses import replace
from typing import cast

from bot.conversation.events import Said
from knowledge.matching import Matcher, Matching
from storage import queueing, sessions
from tests.bot.services.conftest import TELLING, Service


async def test_a_turn_uses_one_release_from_its_beginning_to_its_end(service: Service) -> None:
    before = service.known[0]
    after = replace(before, versions={"release": "after"})

    class Switching:
        """A matcher in whose midst the next release is taken."""

        def match(self, text: str) -> Matching:
            service.known[0] = after
            return before.matcher.match(text)

    service.known[0] = replace(before, matcher=cast("Matcher", Switching()), versions={"release": "before"})
    await service.say(TELLING)
    await service.press("money:called")
    assert service.known[0] is after
    assert saved_versions(service) == {"release": "before"}
    await service.send(Said("提交"))
    (tip,) = (await service.database.read(lambda t: queueing.queue(t, queueing.QueueFilter()))).tips
    assert tip.versions == saved_versions(service) == {"release": "after"}


def saved_versions(service: Service) -> object:
    pseudonym = service.citizens.conversation_pseudonym("web", "someone")
    body = service.database.read_now(lambda t: sessions.load(t, service.citizens, pseudonym)).body
    assert body is not None
    return json.loads(body)["versions"]
