"""The demo world: invented people and organisations, played through the features' own actions."""
