"""Where articles come from day after day: feeds, asked politely, of which every entry becomes a seed that stays."""
