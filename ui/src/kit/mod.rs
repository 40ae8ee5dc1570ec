//! The parts all pages are made of: how they look is beside each in a style sheet, from the tokens
//! in `ui/kit/tokens.css`; how they behave follows the WAI-ARIA patterns.

mod button;
mod chip;
mod dialog;
mod field;
mod icons;
mod loaded;
mod page;
mod range;
mod segmented;
mod sheet;
mod states;
mod text_field;
mod toasts;

pub(crate) use button::{BackButton, Button, ButtonKind, IconButton, LinkButton, SubmitButton};
pub(crate) use chip::{Chip, ChipKind, ToggleChip};
pub(crate) use dialog::{ConfirmButton, Dialog};
pub(crate) use field::{Checkbox, Combobox, SearchField, Select};
pub(crate) use icons::{Glyph, Icon};
pub(crate) use loaded::{loaded, loaded_page};
pub(crate) use page::{Heading, Page, PageSection, use_tab_title};
pub(crate) use range::RangeSlider;
pub(crate) use segmented::{Segment, Segmented};
pub(crate) use sheet::Sheet;
pub(crate) use states::{EmptyState, ErrorState, Skeleton, SkeletonShape, Waiting};
pub(crate) use text_field::{TextArea, TextField};
pub(crate) use toasts::{Toasts, toast};
