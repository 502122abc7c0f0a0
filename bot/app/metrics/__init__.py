"""What a role tells Prometheus (the one home of its library): closed names and numbers, and nothing of anybody."""

from bot.app.metrics.counting import Metrics
from bot.app.metrics.scraping import scraped
from bot.app.metrics.stored import watch_citizens, watch_staff

__all__ = ["Metrics", "scraped", "watch_citizens", "watch_staff"]
