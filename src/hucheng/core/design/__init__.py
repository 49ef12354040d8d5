"""The design system: tokens, components, base pages."""
