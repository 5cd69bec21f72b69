"""Where articles come from day after day: feeds, of which every entry becomes a seed that stays."""
