"""An article for the real Chinese model."""

from __future__ import annotations

CHINESE = """利比亚东部城市班加西星期二恢复了供电。市政府说，三座变电站已经修好，大约40万居民重新用上了电。
"我们等了六个星期，"一位店主说，"现在冰箱终于可以用了。"
工程师警告说，夏天用电量增加时，电网仍然可能中断。政府计划在2027年以前再建两座发电厂。
"""
