# HnH's sentences in English: plain, short, exact.

# Frame
skip = Skip to content
brand-home = HnH, home
nav-label = Main pages
nav-home = Home
nav-map = Map
nav-recipes = Recipes
nav-foods = Foods
nav-saved = Saved
nav-settings = Settings
offline-mark = You are offline. What you saved is still here.
not-found-title = Page not found
not-found-lead = There is nothing at this address
not-found-home = Go home
keys-title = Keyboard shortcuts
keys-search = Search
keys-cook = Step back and forth while cooking
keys-help = Show this help
close = Close
clear = Clear
loading = Loading…
retry = Try again
unknown = unknown
chip-remove = Remove { $name }

# Hearts
heart-label = Save { $name }
heart-save = Save
heart-remove = Remove from saved
kept-saved = Saved on this device
kept-removed = Removed from saved
kept-failed = The device could not save this. Please try again.

# Errors
error-offline = No connection
error-offline-text = What you saved and saw last is still on this device. The rest comes back with the network.
error-not-found = We could not find this
error-not-found-text = It may have been removed from the catalogue.
error-not-ready = The kitchen is opening
error-not-ready-text = The server is starting. Try again in a moment.
error-storage = This device refused to store data
error-storage-text = Free some space or allow storage for this site, then try again.
error-input = Something in the search is not valid
error-internal = Something broke on our side
error-internal-text = Nothing of yours was lost. Please try again.

# Amounts and times
time-minutes = { $minutes } min
time-hours = { $hours } h
time-hours-minutes = { $hours } h { $minutes } min
amount-kcal = { $amount } kcal
amount-protein = { $amount } g protein
kcal-unknown = kcal unknown
range-any = any
range-from = { $amount } or more
range-to = { $amount } or less
range-between = { $low } to { $high }
range-least = { $name }, at least
range-most = { $name }, at most

# Home
home-title = What shall we eat now?
home-places = Places near me
home-recipes = Cook something

# Recipes
recipes-search = Keywords, several must all match
recipes-search-hint = Ingredient, dish or keyword
recipes-search-more = Add another
recipes-count = { $count ->
    [one] { $shown } recipe
   *[other] { $shown } recipes
}
recipes-more = Show more
recipes-none = No recipe matches all of this
recipes-none-loosen = Giving up one filter brings some back:
recipes-none-several = Try giving up more than one filter.
recipes-loosen = Without “{ $name }” ({ $count })
sort-label = Sort
sort-default = Our pick
filter-word = “{ $word }”
filter-without = No { $name }
filter-time = Up to { $time }
filters-title = Filters
filters-title-count = Filters ({ $count })
filters-active = Filters that are on
filters-diet = Diet
filters-without = Leave out
filters-without-note = Only recipes known to be free of it. Unknown never counts as free.
filters-kcal = Energy per serving
filters-time = Time
filters-course = Course
filters-cuisine = Cuisine
filters-effort = Effort
filters-nutrients = Nutrients per serving
filters-add = Another nutrient
filters-add-choose = Choose…
filters-more = { $count } more
filters-clear = Clear filters
filters-clear-all = Clear everything
filters-show = { $count ->
    [one] Show { $count } recipe
   *[other] Show { $count } recipes
}
filters-show-all = Show recipes

# Settings and about
settings-language = Language
settings-theme = Appearance
theme-system = System
theme-light = Light
theme-dark = Dark
settings-about = About
settings-about-text = What HnH knows, where it comes from, and what that means for allergies.
about-title = About HnH
about-lead = HnH, “Healthy & Happy”, finds a healthy place to eat near you and helps you cook well. It works offline with what you saved.
about-places = Places
about-recipes = Recipes
about-foods = Foods
about-version = Catalogue { $version }
about-sources = Sources and licences
about-records = { $count } records
about-visit = Visit the source
about-safety = Allergies
about-safety-text = Labels follow the ingredients a recipe or place names. “Unknown” never passes a filter that leaves something out. Traces from a kitchen or a factory are not known to us: with a strong allergy, ask and read the package.
about-parts = Made with
about-parts-text = Icons by Lucide (ISC licence). Typeface Pretendard (SIL Open Font License). HnH itself is free software under MIT or Apache 2.0.
