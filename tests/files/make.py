"""Make the files that the reading tests read, each with text of our own: `python tests/files/make.py` writes them here."""

import io
import zlib
from pathlib import Path

import docx
import pypdfium2
import typst
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

HERE = Path(__file__).parent

REPORT = """
#set document(title: "Havnens digitale plan", date: none)
#set text(font: "Libertinus Serif", lang: "da", size: 10pt, hyphenate: true)
#set page(width: 148mm, height: 210mm, margin: 18mm, numbering: "i", number-align: center)
#set par(justify: true)
#set super(typographic: false)
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set text(size: 13pt)
#outline(title: "Indhold")
#pagebreak()
#set page(numbering: "1", header: context align(right, text(size: 8pt)[Havnens digitale plan 2031-2034]))
#counter(page).update(1)
= En havn for alle
#set page(columns: 2)
Havnen skal være åben for alle sejlere, og derfor samles alle oplysninger om pladser, priser og vejr ét sted. Den
fællesnordiske havneadministration, bådpladsfordelingen og vandstandsmålingerne har hidtil stået i hver sit system. Det
har givet ventetid, og sejlerne har måttet oplyse det samme tre gange. Fra 2031-2034 bliver det anderledes.

Planen gælder for børne- og ungdomssejlerne såvel som for de voksne. En e-mail er nok til at få plads, og it-systemet
svarer inden for en time. Havnefogeden beholder det sidste ord.#footnote[Havnefogeden er der hver dag.]

== Tre mål for perioden
Der er aftalt tre mål:
- Ventetiden skal falde fra 11,5 minutter til 5 minutter.
- Alle pladser skal kunne bestilles digitalt.
- Den fiffige affaldsøkonomi skal afprøves i fem havne.

== Betaling
Betalingen sker digitalt, men kontanter bliver ikke afskaffet. Effektiviteten måles hvert år, og resultaterne bliver
offentliggjort på havnens hjemmeside sammen med regnskabet. Bestyrelsen drøfter dem på sit årsmøde, og medlemmerne kan
stille forslag til forbedringer. Forslagene bliver besvaret skriftligt inden tre måneder.

#block(fill: luma(230), inset: 8pt, radius: 3pt)[*Sådan gjorde Lillehavn* \\ Lillehavn begyndte i det små med én bro. Efter et
år var alle broer med, og ingen sejler havde ventet mere end ti minutter.]

Erfaringerne fra Lillehavn viser, at det er bedst at begynde med de broer, hvor gæstesejlerne lægger til, for der er
ventetiden længst. Derefter følger de faste pladser, og til sidst kommer vinterpladserne på land.
#set page(columns: 1)
= Tal og tabeller
Tabellen viser, hvor mange både der lagde til.
#table(columns: 3, [År], [Både], [Ventetid], [2031], [1.204], [11,5 minutter], [2032], [1.377], [8 minutter])
Tallene er opgjort ved årets udgang, og havnerådet følger dem nøje gennem hele perioden.

#text(tracking: 3pt, size: 12pt)[ANSVAR]

#table(columns: (1fr, 2fr, 1fr), [Indsats], [Hvad der skal ske], [Hvem], [Broer], [Der bygges nye broer ved den ydre havn,
og de gamle bliver sat i stand.], [Havnefogeden], [Vejr], [Vejret vises ved alle broer.], [Kommunen])
= Det videre arbejde
#place(text(24pt)[A])
#pad(left: 18pt)[rbejdet begynder straks, og havnen holdes åben imens, så ingen sejlere går forgæves i de to år.]
Arbejdet følges af havnerådet, som mødes to gange om året.
"""


def main() -> None:
    """Write every file."""
    report = typst.compile(REPORT.encode())
    (HERE / "report.pdf").write_bytes(report)
    _write(HERE / "encrypted.pdf", _first_page(report), password="hemmelig")
    _write(HERE / "empty-password.pdf", _first_page(report), password="")
    _write(HERE / "corrupt-page.pdf", _corrupt_page(report))
    (HERE / "hyphens.pdf").write_bytes(hyphens())
    _scan(report).save(HERE / "scanned.pdf", resolution=150)
    _word(HERE / "plan.docx")
    (HERE / "havn.html").write_bytes(HTML.encode("cp1252"))
    (HERE / "havn.md").write_text(MARKDOWN, encoding="utf-8")
    (HERE / "windows.txt").write_bytes("Ærø får færge.\r\n\r\nPå øen bor få.".encode("cp1252"))
    (HERE / "utf16.txt").write_bytes("Ærø får færge.".encode("utf-16"))


HTML = """<!doctype html><html lang="da"><head><meta charset="iso-8859-1"><title>Havnens plan</title>
<script>var hemmelig = "script må aldrig blive til tekst";</script><style>p { color: red }</style></head><body>
<nav><ul><li><a href="/">Forside</a></li><li><a href="/om">Om havnen</a></li></ul></nav>
<main><h1>Havnens plan</h1><p>Havnen får i perioden 2031-2034 nye broer, og bestilling sker digi&shy;talt.</p>
<h2>Mål – kort fortalt</h2><ul><li>Kortere ventetid</li><li>Flere pladser til gæster</li></ul>
<h3>Tal</h3><table><tr><th>År</th><th>Både</th></tr><tr><td>2031</td><td>1.204</td></tr></table>
<p>Havnefogeden svarer på &oslash;vrige sp&oslash;rgsm&aring;l.</p></main>
<footer><p>Vi bruger cookies</p></footer></body></html>"""

MARKDOWN = """---
title: ikke tekst
---
# Havnens *plan*

Havnen får nye broer,
og `bestilling` sker [digitalt](https://example.org).

## Mål

- Kortere ventetid
  - især for gæster
- Flere pladser

| År | Både |
|----|------|
| 2031 | 1.204 |

<script>alert("aldrig tekst")</script>

Slut.
"""


def hyphens() -> bytes:
    """Return a PDF whose one hyphen glyph says U+00AD, beside a hyphen that the file itself marks as soft."""
    shown = (
        b"BT /F1 10 Tf 50 700 Td (Planen for 2031-2034 er delt i fem, skrev) Tj "
        b"0 -12 Td (havneadministra-) Tj 0 -12 Td (tionen i sin EU-retlige redeg) Tj "
        b"/Span <</ActualText <FEFF00AD>>> BDC ( ) Tj EMC (\\370relse om e-) Tj 0 -12 Td (mail og b\\370rne- og ) Tj "
        b"0 -12 Td (ungesejlads i den nordiske havn.) Tj ET"
    )
    unicode = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <2d> <00ad> endbfchar\n"
    unicode += b"3 beginbfrange <20> <2c> <0020> <2e> <7e> <002e> <a0> <ff> <00a0> endbfrange"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        _stream(shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
        _stream(unicode),
    ]
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    """Return a PDF of the objects, numbered from 1; the first is the catalogue."""
    made = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + trailer


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed)


def _first_page(pdf: bytes) -> PdfWriter:
    writer = PdfWriter()
    writer.add_page(PdfReader(_file(pdf)).pages[1])
    return writer


def _corrupt_page(pdf: bytes) -> PdfWriter:
    writer = PdfWriter()
    for page in PdfReader(_file(pdf)).pages[:3]:
        writer.add_page(page)
    broken = DecodedStreamObject()
    broken.set_data(b"no deflated data at all")
    broken[NameObject("/Filter")] = NameObject("/LZWDecode")
    writer.pages[1][NameObject("/Contents")] = writer._add_object(broken)
    return writer


def _write(path: Path, writer: PdfWriter, password: str | None = None) -> None:
    if password is not None:
        writer.encrypt(user_password=password, owner_password="ejer", algorithm="AES-256")
    writer.write(path)


def _scan(pdf: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[3].render(scale=150 / 72, grayscale=True).to_pil().convert("1")


def _file(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def _word(path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Havnens plan"
    document.add_paragraph("Havnens plan", style="Title")
    document.add_heading("En havn for alle", level=1)
    document.add_paragraph("Havnen får nye broer i 2031.")
    changed = document.add_paragraph("Ventetiden er ")
    changed._p.append(parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='a'><w:r><w:delText>tyve</w:delText></w:r></w:del>"))
    changed._p.append(parse_xml(f"<w:ins {nsdecls('w')} w:id='2' w:author='a'><w:r><w:t>fem</w:t></w:r></w:ins>"))
    changed.add_run(" minutter.")
    document.add_heading("Mål", level=2)
    document.add_paragraph("Kortere ventetid", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("År", "Både", "2031", "1.204")):
        table.cell(at // 2, at % 2).text = text
    box = document.add_paragraph("Før boksen.")
    box._p.append(parse_xml(TEXT_BOX))
    _footnote(document, "Før boksen.", "Noten til boksen.")
    document.styles["Heading 2"].element.find(qn("w:name")).set(qn("w:val"), "Overskrift 2")
    document.save(str(path))


def _footnote(document: Document, anchor: str, text: str) -> None:
    notes = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='7'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), content_type, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    paragraph = next(p for p in document.paragraphs if p.text == anchor)
    paragraph.add_run()._r.append(parse_xml(f"<w:footnoteReference {nsdecls('w')} w:id='7'/>"))


TEXT_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">'
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>Tekst i boks.</w:t></w:r></w:p>"
    "</w:txbxContent></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Tekst i boks.</w:t></w:r>"
    "</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)

if __name__ == "__main__":
    main()
