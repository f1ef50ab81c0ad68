"""Words and everything else that depends on the language: phrases, dates, length of speech, pronunciation."""
