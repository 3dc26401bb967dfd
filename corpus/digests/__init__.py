"""The digests that ship: Markdown sources, the PDFs typeset from them, and the script that typesets them."""
