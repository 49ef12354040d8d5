"""One plan, two contingency plans, three task forces: what a school must have before it is accepted."""
