//! Two policies compared: planted changes are found, with the direction that they have.

mod planted;
