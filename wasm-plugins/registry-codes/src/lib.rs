//! Codes that registries give: whether their check characters hold, and what a code says of its holder.
//!
//! No register is asked: a code that holds may still belong to nobody.

#![allow(clippy::needless_pass_by_value, reason = "what crosses the border is the function's own")]

mod codes;

use hongxian_plugin::{Date, plugin};

plugin! {
    //! Check characters and forms of the codes that registries give to legal persons, licences and filings.
    //! No register is asked.
    functions {
        /// Whether a unified social credit code has its 18 characters and the check character holds. (GB 32100-2015)
        uscc_valid(code: "18 characters")
        /// Whether a legal entity identifier has its 20 characters and the check digits hold. (ISO 17442-1, ISO/IEC 7064
        /// MOD 97-10)
        lei_valid(code: "20 characters")
        /// Whether an innovation number is a unified social credit code that holds, a year and a serial number.
        innovation_no_valid(number: "such as 91510703905408887D-2024-0001")
        /// Whether the first 18 characters of an innovation number are this unified social credit code.
        innovation_no_of(number: "the innovation number", code: "the lead applicant's code")
        /// The first day of the year that an innovation number names.
        innovation_no_year(number: "the innovation number")
        /// Whether a code has the form of those on financial licences: a letter, four digits, a letter, nine digits.
        financial_licence_form(code: "such as B0002L351070001")
    }
}

fn uscc_valid(code: String) -> bool {
    codes::uscc_holds(&code)
}

fn lei_valid(code: String) -> bool {
    codes::lei_holds(&code)
}

fn innovation_no_valid(number: String) -> bool {
    codes::InnovationNo::parse(&number).is_some_and(|number| codes::uscc_holds(number.code))
}

fn innovation_no_of(number: String, code: String) -> bool {
    codes::InnovationNo::parse(&number).is_some_and(|number| number.code == code)
}

fn innovation_no_year(number: String) -> Result<Date, String> {
    let year = codes::InnovationNo::parse(&number).map(|number| number.year).filter(|year| *year > 0);
    let year = year.ok_or("expected a number such as `91510703905408887D-2024-0001`")?;
    Ok(Date { year, month: 1, day: 1 })
}

fn financial_licence_form(code: String) -> bool {
    codes::has_financial_licence_form(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_its_holder_and_its_year() {
        let number = "91510703905408887D-2024-0001".to_owned();
        assert!(innovation_no_valid(number.clone()));
        assert!(innovation_no_of(number.clone(), "91510703905408887D".into()));
        assert!(!innovation_no_of(number.clone(), "91460000984091813B".into()));
        assert_eq!(innovation_no_year(number).unwrap().year, 2024);
        assert!(innovation_no_year("91510703905408887D-0000-0001".into()).is_err(), "there is no year 0");
    }

    #[test]
    fn a_number_on_a_code_that_does_not_hold_is_not_valid() {
        assert!(!innovation_no_valid("91510703905408887E-2024-0001".into()));
    }

    #[test]
    fn the_list_says_what_the_functions_take() {
        let plugin = plugin();
        assert!(plugin.functions.iter().all(|entry| (entry.types)().0.len() == entry.params.len()));
    }
}
