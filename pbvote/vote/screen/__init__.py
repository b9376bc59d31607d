"""The hall's screen: its scenes, the light answer that it asks for every few seconds, the announcement bid by bid."""
