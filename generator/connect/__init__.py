"""The fourth stage: translations → what connects them: related articles, stories, topics and names.

`make_profile` takes from one article what connections are drawn from, `leave_out` what people exclude;
`connect` draws them anew over all profiles, in time proportional to their number.
`summarize_story` reads the few articles of one story in full.
"""

from collections.abc import Iterable

from generator.connect.entities import EntityIndex
from generator.connect.exclusions import leave_out, load_exclusions, unmet_line
from generator.connect.joint_summary import summarize_story
from generator.connect.profile import Profile, dump_profile, load_profile, make_profile
from generator.connect.similarity import Labels, VectorSpace, related_articles
from generator.connect.stories import find_events, find_stories, near_articles
from generator.connect.subjects import find_subjects
from generator.model import Connections

__all__ = [
    "Profile",
    "connect",
    "dump_profile",
    "leave_out",
    "load_exclusions",
    "load_profile",
    "make_profile",
    "summarize_story",
    "unmet_line",
]


def connect(profiles: Iterable[Profile]) -> Connections:
    """Return the connections of a digest; the order of the profiles makes no difference.

    1. Make each article a vector of the names and words that it has, and find its nearest neighbours.
    2. Join neighbours on one event; only its articles may write short what one of them writes in full.
    3. Tell readers of the neighbours, of the stories, and what their articles share.
    4. Choose the topics and names that get pages of their own.
    """
    profiles = sorted(profiles, key=lambda profile: profile.slug)
    entities = EntityIndex(profiles)
    space = VectorSpace(profiles, entities)
    neighbours = space.neighbours()
    events = find_events(space, neighbours)
    entities.unite_on_events(near_articles(events, space, neighbours))
    neighbours = space.take_names(entities, neighbours)
    labels = Labels(profiles, entities, space.ties)
    return Connections(
        related=related_articles(space, neighbours, labels),
        stories=tuple(sorted(find_stories(events, space, labels), key=lambda story: story.slug)),
        subjects=find_subjects(entities, space, events),
    )
