//! Foods: the tables of nutrients, one food, and several side by side.

mod compare;
mod details;
mod list;
mod tray;

pub(crate) use compare::ComparePage;
pub(crate) use details::FoodPage;
pub(crate) use list::FoodsPage;
