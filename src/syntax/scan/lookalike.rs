//! Marks that a Chinese keyboard or a word processor puts where the language wants ASCII.

/// The ASCII that a mark stands for.
pub(super) fn ascii(mark: char) -> Option<&'static str> {
    MARKS.iter().find(|(marks, _)| marks.contains(mark)).map(|(_, ascii)| *ascii)
}

const MARKS: &[(&str, &str)] = &[
    ("，、", ","),
    ("：", ":"),
    ("；", ";"),
    ("。．", "."),
    ("（﹙", "("),
    ("）﹚", ")"),
    ("［【〔", "["),
    ("］】〕", "]"),
    ("｛", "{"),
    ("｝", "}"),
    ("“”„＂「」『』‘’＇", "\""),
    ("＝", "="),
    ("＜〈《", "<"),
    ("＞〉》", ">"),
    ("≤≦", "<="),
    ("≥≧", ">="),
    ("≠", "!="),
    ("！", "!"),
    ("＋", "+"),
    ("－–—−", "-"),
    ("＊×", "*"),
    ("／÷", "/"),
    ("％", "%"),
    ("＃", "#"),
    ("？", "?"),
    ("＿", "_"),
    ("→", "->"),
    ("…", ".."),
    ("０", "0"),
    ("１", "1"),
    ("２", "2"),
    ("３", "3"),
    ("４", "4"),
    ("５", "5"),
    ("６", "6"),
    ("７", "7"),
    ("８", "8"),
    ("９", "9"),
    ("\u{3000}\u{a0}\u{2002}\u{2003}\u{2009}\u{202f}", " "),
];

/// What may close a text that begins with this quote; `None` where it is no opening quote.
pub(super) fn closers(quote: char) -> Option<&'static [char]> {
    match quote {
        '“' => Some(&['”', '"']),
        '‘' => Some(&['’']),
        '＂' => Some(&['＂']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}
