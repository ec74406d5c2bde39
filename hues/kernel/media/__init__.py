"""Photos and short recordings: cleaned, stored by content, private until published."""
