"""The third stage: digest → translation, by what people settled, else by engines whose work is checked."""
