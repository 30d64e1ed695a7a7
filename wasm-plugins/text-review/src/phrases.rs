//! Phrases that would fit any product, as letters alone in lower case.

/// Placeholders, and phrases that only say that rules are kept.
const PHRASES: [&str; 38] = [
    "无",
    "暂无",
    "略",
    "同上",
    "待定",
    "待补充",
    "不适用",
    "详见附件",
    "见附件",
    "业务需要",
    "根据业务需要",
    "工作需要",
    "提升用户体验",
    "提高服务质量",
    "按规定执行",
    "按要求执行",
    "严格按照监管要求执行",
    "按照相关法律法规执行",
    "符合要求",
    "符合监管要求",
    "符合相关规定",
    "符合相关法律法规",
    "满足监管要求",
    "已按要求落实",
    "na",
    "none",
    "nil",
    "tbd",
    "todo",
    "tobedetermined",
    "seeabove",
    "asabove",
    "seeattachment",
    "asrequired",
    "businessneeds",
    "inlinewithregulations",
    "complieswithrequirements",
    "improvestheuserexperience",
];

/// Whether these letters say nothing: one of the phrases, or one letter again and again.
pub fn says_nothing(letters: &str) -> bool {
    let mut distinct = letters.chars();
    let first = distinct.next();
    let one_letter = letters.chars().count() > 1 && distinct.all(|letter| Some(letter) == first);
    one_letter || PHRASES.contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_letters_alone() {
        for phrase in PHRASES {
            assert!(phrase.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase()), "{phrase}");
        }
    }

    #[test]
    fn whole_texts_say_nothing_and_parts_of_texts_do_not_count() {
        for empty in ["无", "同上", "tbd", "xxxx"] {
            assert!(says_nothing(empty), "{empty}");
        }
        for full in ["无需抵押", "同上游企业对账", "a", ""] {
            assert!(!says_nothing(full), "{full}");
        }
    }
}
