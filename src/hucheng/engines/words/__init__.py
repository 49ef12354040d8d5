"""The ground floor of the engines: names, numerals and dates in Chinese and English."""
