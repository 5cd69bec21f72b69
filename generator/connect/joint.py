"""The articles of one story → what they say together."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import JointSummary, Place, Story, Translation


def joint_summary(story: Story, translations: Sequence[Translation]) -> JointSummary:
    """Give the points of a story, each as a sentence of one of its articles."""
    by_slug = {each.digest.document.article.slug: each for each in translations}
    points = tuple(Place(slug, by_slug[slug].digest.picked[0]) for slug in story.articles[:8])
    return JointSummary(points, ())
