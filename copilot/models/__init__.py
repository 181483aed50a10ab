"""Model packs: what they are, where they stand, where they come from, how other people's models become one."""
