//! Functions over scalars: the types of a function of Rust are its signature.

use crate::border::{Value, ValueType};
use crate::scalar::Scalar;

/// What a function may give: a scalar, or one or the reason why there is none.
pub trait Answer {
    /// The type that the checker of policies sees.
    fn value_type() -> ValueType;

    /// To the border.
    fn into_result(self) -> Result<Value, String>;
}

impl<T: Scalar> Answer for T {
    fn value_type() -> ValueType {
        T::value_type()
    }

    fn into_result(self) -> Result<Value, String> {
        Ok(self.into_value())
    }
}

impl<T: Scalar> Answer for Result<T, String> {
    fn value_type() -> ValueType {
        T::value_type()
    }

    fn into_result(self) -> Result<Value, String> {
        self.map(Scalar::into_value)
    }
}

/// A function of up to four scalars. Implemented for every such function; `Arguments` are their types.
pub trait Function<Arguments> {
    /// What it takes, in order, and what it gives.
    fn types(&self) -> (Vec<ValueType>, ValueType);

    /// Calls it with values from the border.
    fn call(&self, arguments: Vec<Value>) -> Result<Value, String>;
}

macro_rules! functions {
    ($(($($argument:ident)*))*) => { $(
        impl<F, R, $($argument),*> Function<($($argument,)*)> for F
        where
            F: Fn($($argument),*) -> R,
            R: Answer,
            $($argument: Scalar,)*
        {
            fn types(&self) -> (Vec<ValueType>, ValueType) {
                (vec![$($argument::value_type()),*], R::value_type())
            }

            #[allow(non_snake_case, unused_mut, unused_variables, reason = "one pattern for any number of arguments")]
            fn call(&self, arguments: Vec<Value>) -> Result<Value, String> {
                let mut arguments = arguments.into_iter();
                $(let $argument = $argument::from_value(arguments.next().ok_or("an argument is missing")?)?;)*
                self($($argument),*).into_result()
            }
        }
    )* };
}

functions! { () (A) (A B) (A B C) (A B C D) }
