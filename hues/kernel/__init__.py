"""What every machine needs: memory, people, places, delivery."""
