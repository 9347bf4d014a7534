"""Live events: what happens to jobs, for those who follow them."""

from soundstage.runtime.live.hub import EventHub as EventHub
