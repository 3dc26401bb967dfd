"""Every word of the room that shows the evaluation's runs, in Danish and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.comparing import Incomparable, Verdict
from evals.definitions import DEFINITIONS
from evals.scores import Grade
from ui.texts import InterfaceLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTexts:
    """The words of one language; braces name what is filled in."""

    title: str
    about: str
    none: str
    unreadable: str
    unscored: str
    run: str
    started: str
    documents: str
    result: str
    not_scored: str
    how: str
    set: str
    cases: str
    errors: str
    corpus: str
    embedder: str
    code: str
    repeats: str
    settings: str
    nothing_set: str
    scores: str
    scores_about: str
    measure: str
    value: str
    interval: str
    groups: str
    group: str
    by: Mapping[str, str]
    definitions: Mapping[str, str]
    compare_with: str
    compare: str
    compared: str
    compared_about: str
    incomparable: Mapping[Incomparable, str]
    gain: str
    counts: str
    p: str
    says: str
    verdict: Mapping[Verdict, str]
    visible: str
    changed: str
    before: str
    after: str
    case: str
    grade: str
    grades: str
    grade_of: Mapping[Grade, str]
    hint: str
    back: str
    asked_before: str
    expected: str
    abstain: str
    facts: str
    okay: str
    evidence: str
    whole_page: str
    got: str
    got_from: str
    quoted: str
    found_again: str
    not_found_again: str
    no_answer: str
    place: str
    values: str


DANISH = RunTexts(
    title="Evalueringens kørsler",
    about="En kørsel stiller alle spørgsmål i et sæt og holder svarene op mod dem, der er skrevet ned på forhånd.",
    none="Der er ingen kørsler endnu. »make evals« laver en.",
    unreadable="Kørslen kan ikke læses:",
    unscored="Kørslen er ikke bedømt endnu. »python -m evals score {folder}« gør det.",
    run="Kørsel",
    started="Begyndt",
    documents="Dokumenter",
    result="CRAG",
    not_scored="ikke bedømt",
    how="Sådan er den lavet",
    set="Sæt",
    cases="Spørgsmål",
    errors="Fejl i stedet for svar",
    corpus="Samlingens mærke",
    embedder="Søgemodel",
    code="Programmets mærke",
    repeats="Gange stillet",
    settings="Indstillinger og versioner",
    nothing_set="intet",
    scores="Mål",
    scores_about="Intervallet rummer 95 % af en bootstrap over spørgsmålene. En streg er et mål, som intet spørgsmål giver.",
    measure="Mål",
    value="Værdi",
    interval="95 %",
    groups="CRAG for dele af sættet",
    group="Del",
    by={"kind": "Art", "language": "Sprog", "direction": "Retning", "strategy": "Strategi", "split": "Udsnit", "tag": "Mærke"},
    definitions={
        "CRAG": "1 rigtigt, 0,5 delvist, 0 intet svar, -1 forkert",
        "nugget recall": "andelen af afgørende oplysninger, der er fundet",
        "nugget recall, weighted": "fundne oplysninger; en mindre vigtig tæller halvt",
        "page accuracy": "dele af belægget, hvis forventede side er citeret",
        "quote overlap": "F1 af ordene i citat og forventet citat på samme side",
        "verbatim quotes": "citater genfundet ordret på den gemte side; skal være 1",
        "citation recall": "udsagn, som deres citater bærer",
        "citation precision": "citater, som deres udsagn har brug for",
        "answer language": "svar på spørgsmålets sprog",
        "hallucination": "svarede, selv om det ikke kan besvares",
        "hallucination, near": "blandt dem, der ligger tæt på dokumenterne",
        "hallucination, outside": "blandt dem, der ligger uden for emnet",
        "missed": "svarede ikke, selv om det kan besvares",
        "lost: not found": "intet sted, der blev hentet, har noget af belægget",
        "lost: not sure enough": "hentet, men der blev ikke svaret",
        "lost: another sentence": "hentet og besvaret, men uden en forventet side",
        "AUROC": "hvor godt sikkerheden skiller dem, der kan besvares, fra resten",
        "AURC": "gennemsnitlig risiko over alle dækninger",
        "pair consistency": "par, hvor dansk og engelsk ordlyd fik samme bedømmelse",
        "nDCG@10": "gevinst af de første ti steder, nedskrevet med pladsen",
        "RR@10": "den reciprokke plads for det første fund",
        "R@5": "dele fundet blandt de første fem steder",
        "R@20": "dele fundet blandt de første tyve steder",
        "language bias": "RR@10 for eget sprog minus det andet; 0 er ingen",
        "failed": "en fejl i stedet for et svar",
        "crashed": "en fejl, som ingen rejste med vilje",
        "milliseconds, p50": "tiden for det midterste svar",
        "milliseconds, p95": "den tid, som hvert tyvende svar overskrider",
        "memory, MiB at most": "hukommelse, som programmet optager",
    },
    compare_with="Sammenlign med",
    compare="Sammenlign",
    compared="Sammenlignet med {other}",
    compared_about="Plus betyder, at {run} er bedst. p er fra en parret permutationstest, rettet efter Holm.",
    incomparable={
        "different documents": "De to kørsler kan ikke sammenlignes, for de er lavet over forskellige dokumenter.",
        "no shared case": "De to kørsler kan ikke sammenlignes, for de har intet spørgsmål til fælles.",
    },
    gain="Forskel",
    counts="Vundet, ens, tabt",
    p="p",
    says="Det viser",
    verdict={
        "better": "bedre",
        "worse": "dårligere",
        "the same": "ens",
        "too small to tell": "for lille til at afgøre",
    },
    visible="sættet viser {least} eller mere",
    changed="{count} ændrede spørgsmål",
    before="Før",
    after="Nu",
    case="Spørgsmål",
    grade="Bedømmelse",
    grades="Vis",
    grade_of={"perfect": "rigtigt", "acceptable": "delvist", "missing": "intet svar", "incorrect": "forkert"},
    hint="Vælg et spørgsmål. Så står det her med det, der var ventet, og det, der kom.",
    back="Tilbage til spørgsmålene",
    asked_before="Spurgt forinden: {question}",
    expected="Ventet",
    abstain="At der ikke svares.",
    facts="Oplysninger",
    okay="mindre vigtig",
    evidence="Belæg",
    whole_page="hele siden",
    got="Kom",
    got_from="Kom i {run}",
    quoted="Citater",
    found_again="genfundet ordret",
    not_found_again="ikke genfundet",
    no_answer="Fejl i stedet for svar:",
    place="{document}, side {page}",
    values="Mål for spørgsmålet",
)

ENGLISH = RunTexts(
    title="Runs of the evaluation",
    about="A run asks every question of a set and holds the answers against those written down beforehand.",
    none='There are no runs yet. "make evals" makes one.',
    unreadable="The run cannot be read:",
    unscored='The run has not been scored yet. "python -m evals score {folder}" does it.',
    run="Run",
    started="Begun",
    documents="Documents",
    result="CRAG score",
    not_scored="not scored",
    how="How it was made",
    set="Set",
    cases="Cases",
    errors="Errors in the place of answers",
    corpus="Mark of the library",
    embedder="Search model",
    code="Mark of the code",
    repeats="Times asked",
    settings="Settings and versions",
    nothing_set="none",
    scores="Measures",
    scores_about="The interval holds 95 % of a bootstrap over the cases. A dash is a measure that no case defines.",
    measure="Measure",
    value="Value",
    interval="95 % interval",
    groups="CRAG for parts of the set",
    group="Part",
    by={
        "kind": "Kind",
        "language": "Language",
        "direction": "Direction",
        "strategy": "Strategy",
        "split": "Split",
        "tag": "Tag",
    },
    definitions={name: definition.words for name, definition in DEFINITIONS.items()},
    compare_with="Compare with",
    compare="Compare",
    compared="Compared with {other}",
    compared_about="Plus means that {run} is better. p comes from a paired permutation test, corrected after Holm.",
    incomparable={
        "different documents": "The two runs cannot be compared: they were made over different documents.",
        "no shared case": "The two runs cannot be compared: they share no case.",
    },
    gain="Difference",
    counts="Won, same, lost",
    p="p value",
    says="It shows",
    verdict={name: name for name in ("better", "worse", "the same", "too small to tell")},
    visible="the set shows {least} or more",
    changed="{count} cases changed",
    before="Before",
    after="Now",
    case="Case",
    grade="Grade",
    grades="Show",
    grade_of={name: name for name in ("perfect", "acceptable", "missing", "incorrect")},
    hint="Choose a case. It then appears here with what was expected and what came.",
    back="Back to the cases",
    asked_before="Asked before: {question}",
    expected="Expected",
    abstain="To abstain.",
    facts="Facts",
    okay="less important",
    evidence="Evidence",
    whole_page="the whole page",
    got="Got",
    got_from="Got in {run}",
    quoted="Quotes",
    found_again="found again word for word",
    not_found_again="not found again",
    no_answer="An error in the place of an answer:",
    place="{document}, page {page}",
    values="Measures of the case",
)

RUN_TEXTS: Mapping[InterfaceLanguage, RunTexts] = {"da": DANISH, "en": ENGLISH}
