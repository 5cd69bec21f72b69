"""How the articles of a digest hang together: related articles, stories, topics and names.

`profile` takes from one article what connections are drawn from; `connect` draws them over all profiles in
time proportional to their number, and `reconnect` draws the same from what it found the last time, mostly in
time proportional to what changed; `joint_summary` reads the few articles of one story in full.
"""

from generator.connect.joint_summary import joint_summary
from generator.connect.memo import Memo, dump_memo, load_memo
from generator.connect.network import connect, reconnect
from generator.connect.profile import Profile, dump_profile, load_profile
from generator.connect.reading import profile

__all__ = [
    "Memo",
    "Profile",
    "connect",
    "dump_memo",
    "dump_profile",
    "joint_summary",
    "load_memo",
    "load_profile",
    "profile",
    "reconnect",
]
