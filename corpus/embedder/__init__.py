"""The shipped bilingual model (`model/`, `lexicon.npz`) and the scripts that make it from parallel text."""
