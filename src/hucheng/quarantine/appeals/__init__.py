"""Appeals: somebody who did not decide before answers within two days."""
