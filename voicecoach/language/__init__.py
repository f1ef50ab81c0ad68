"""Words and what depends on the tongue: phrases, dates, how long speech takes, pronunciation."""
