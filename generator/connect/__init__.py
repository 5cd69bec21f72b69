"""How the articles of a digest hang together: related articles, stories, topics and names.

`profile` takes from one article what connections are drawn from; `connect` draws them over all profiles in
time proportional to their number; `joint_summary` reads the few articles of one story in full.
"""

from generator.connect.joint import joint_summary
from generator.connect.network import connect
from generator.connect.profile import Profile, dump_profile, load_profile
from generator.connect.reading import profile

__all__ = ["Profile", "connect", "dump_profile", "joint_summary", "load_profile", "profile"]
