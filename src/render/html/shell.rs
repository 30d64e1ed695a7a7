//! The shell of every page: one file that needs nothing else. Its content security policy allows the style and the script
//! that stand in it, by their digests, and nothing else: no network, no frames, no forms.

use crate::render::Lang;
use crate::render::html::words::PageWords;
use data_encoding::BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

/// The style that all pages share.
const BASE: &str = include_str!("base.css");

/// What differs between pages.
pub(in crate::render) struct Shell {
    /// The language of the page.
    pub lang: Lang,
    /// Its title, already made visible.
    pub title: String,
    /// Its own style, after the shared one.
    pub style: &'static str,
    /// Its script; may be empty.
    pub script: &'static str,
}

impl Shell {
    /// What stands before the body's content, the opening tag of the body included.
    pub fn open(&self) -> String {
        let style = format!("{BASE}{}", self.style);
        let head = html! {
            (DOCTYPE)
            (PreEscaped(format!("<html lang=\"{}\">", PageWords::of(self.lang).code)))
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(&style, self.script));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (self.title) }
                style { (PreEscaped(&style)) }
            }
        };
        head.into_string() + "\n<body>\n"
    }

    /// What stands after the body's content.
    pub fn close(&self) -> String {
        let script: Markup = html! { @if !self.script.is_empty() { script { (PreEscaped(self.script)) } } };
        script.into_string() + "\n</body>\n</html>\n"
    }

    /// A whole page.
    pub fn around(&self, body: &Markup) -> String {
        self.open() + &body.0 + &self.close()
    }
}

fn policy(style: &str, script: &str) -> String {
    let allowed = |text: &str| match text {
        "" => "'none'".to_owned(),
        text => format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text))),
    };
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        allowed(style),
        allowed(script)
    )
}
