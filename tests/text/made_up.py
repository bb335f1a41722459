"""Made-up texts: any Unicode, and what people type, shuffled."""

from hypothesis import strategies as st

_PIECES = [
    *" \t\n\u00a0\u3000\x1c\x85",
    *".,;:!?…–-'’‘“”\"()[]/*_#@&%£=<>█",
    *("don’t", "citizens’", "co-designed", "I", "It", "the", "No", "5", "1,205.50", "M***"),
    *("e.g.", "etc.", "Dr.", "U.K.", "p.m.", "J.", "St.", "work,because", "again.Then"),
    *(
        "https://a.org/b?c=(d)",
        "www.a.org.",
        "a.com",
        "me@a.org",
        "#now",
        "@you",
        ":-)",
        ":D",
        "<3",
    ),
    *(
        "🙂",
        "👍🏽",
        "👨\u200d👩\u200d👧",
        "🇬🇧",
        "1️⃣",
        "❤️",
        "e\u0301",
        "\u0301",
        "\u200d",
        "\u00ad",
        "ﬁ",
        "ß",
    ),
    *("İ", "ͅ", "ΐ", "日本語", "שלום", "\ud800", "\U000e0100"),
]

texts = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
