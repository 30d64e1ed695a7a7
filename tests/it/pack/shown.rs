//! Diagnostics as lines of text, for comparing.

use hongxian::diagnostic::Diagnostic;
use hongxian::source::SourceMap;

/// `file:line:column: CODE message`, then second places and help, each on its line.
pub fn shown(sources: &SourceMap, found: &[Diagnostic]) -> String {
    let mut lines = Vec::new();
    for diagnostic in found {
        let place = |span| {
            let position = sources.position(span);
            format!("{}:{}:{}", sources.name(span.file), position.line, position.column)
        };
        let at = diagnostic.primary.as_ref().map_or_else(|| "-".to_owned(), |label| place(label.span));
        lines.push(format!("{at}: {} {}", diagnostic.code, diagnostic.message));
        lines.extend(diagnostic.secondary.iter().map(|label| format!("  {}: {}", place(label.span), label.text)));
        lines.extend(diagnostic.help.iter().map(|help| format!("  help: {help}")));
    }
    lines.join("\n")
}
