# HnH의 문장, 해요체로 짧고 정확하게.

# Frame
skip = 본문으로 건너뛰기
brand-home = HnH 홈
nav-label = 주요 화면
nav-home = 홈
nav-map = 지도
nav-recipes = 레시피
nav-foods = 식품
nav-saved = 저장
nav-settings = 설정
offline-mark = 오프라인이에요. 저장한 것은 그대로 볼 수 있어요.
not-found-title = 페이지를 찾을 수 없어요
not-found-lead = 이 주소에는 아무것도 없어요
not-found-home = 홈으로 가기
keys-title = 키보드 단축키
keys-search = 검색
keys-cook = 요리 중 단계 넘기기
keys-help = 단축키 보기
close = 닫기
clear = 지우기
loading = 불러오는 중…
retry = 다시 시도
unknown = 모름
chip-remove = { $name } 빼기

# Hearts
heart-label = { $name } 저장
heart-save = 저장
heart-remove = 저장 취소
kept-saved = 이 기기에 저장했어요
kept-removed = 저장을 취소했어요
kept-failed = 기기에 저장하지 못했어요. 다시 시도해 주세요.

# Errors
error-offline = 연결되지 않았어요
error-offline-text = 저장한 것과 최근에 본 것은 이 기기에 있어요. 나머지는 연결되면 다시 보여 드릴게요.
error-not-found = 찾을 수 없어요
error-not-found-text = 목록에서 사라졌을 수 있어요.
error-not-ready = 주방을 여는 중이에요
error-not-ready-text = 서버가 시작하고 있어요. 잠시 뒤에 다시 시도해 주세요.
error-storage = 기기에 저장할 수 없어요
error-storage-text = 저장 공간을 비우거나 이 사이트의 저장을 허용한 뒤 다시 시도해 주세요.
error-input = 검색 조건에 잘못된 것이 있어요
error-internal = 저희 쪽에서 문제가 생겼어요
error-internal-text = 저장한 것은 안전해요. 다시 시도해 주세요.

# Amounts and times
time-minutes = { $minutes }분
time-hours = { $hours }시간
time-hours-minutes = { $hours }시간 { $minutes }분
amount-kcal = { $amount } kcal
amount-protein = 단백질 { $amount } g
kcal-unknown = 열량 모름
range-any = 제한 없음
range-from = { $amount } 이상
range-to = { $amount } 이하
range-between = { $low }~{ $high }
range-least = { $name } 최소
range-most = { $name } 최대

# Home
home-title = 지금 뭐 먹을까요?
home-places = 가까운 식당
home-recipes = 요리하기

# Recipes
recipes-search = 검색어, 모두 맞는 레시피만
recipes-search-hint = 재료, 요리 이름, 키워드
recipes-search-more = 하나 더
recipes-count = 레시피 { $shown }개
recipes-more = 더 보기
recipes-none = 조건에 모두 맞는 레시피가 없어요
recipes-none-loosen = 하나를 빼면 볼 수 있어요.
recipes-none-several = 조건을 두 개 이상 빼 보세요.
recipes-loosen = ‘{ $name }’ 빼기 ({ $count }개)
sort-label = 정렬
sort-default = 추천순
filter-word = “{ $word }”
filter-without = { $name } 없음
filter-time = { $time } 이하
filters-title = 필터
filters-title-count = 필터 ({ $count })
filters-active = 켜진 필터
filters-diet = 식단
filters-without = 빼고 싶은 재료
filters-without-note = 확실히 들어 있지 않은 레시피만 보여요. ‘모름’은 통과하지 못해요.
filters-kcal = 1인분 열량
filters-time = 시간
filters-course = 종류
filters-cuisine = 나라
filters-effort = 난이도
filters-nutrients = 1인분 영양
filters-add = 다른 영양소
filters-add-choose = 고르기…
filters-more = { $count }개 더
filters-clear = 필터 지우기
filters-clear-all = 모두 지우기
filters-show = 레시피 { $count }개 보기
filters-show-all = 레시피 보기

# Settings and about
settings-language = 언어
settings-theme = 화면
theme-system = 시스템
theme-light = 밝게
theme-dark = 어둡게
settings-about = 정보
settings-about-text = HnH가 아는 것과 그 출처, 알레르기에 대해 알아 두실 점이에요.
about-title = HnH에 대해
about-lead = HnH(Healthy & Happy)는 가까운 곳의 건강한 식당을 찾고, 건강하게 요리하도록 도와드려요. 저장한 것은 오프라인에서도 볼 수 있어요.
about-places = 식당
about-recipes = 레시피
about-foods = 식품
about-version = 목록 { $version }
about-sources = 출처와 라이선스
about-records = { $count }건
about-visit = 출처 보기
about-safety = 알레르기
about-safety-text = 표시는 레시피나 식당이 밝힌 재료를 따라요. ‘모름’은 제외 필터를 통과하지 못해요. 주방이나 공장에서 섞이는 양은 알 수 없으니, 알레르기가 심하면 꼭 묻고 포장을 확인해 주세요.
about-parts = 사용한 것
about-parts-text = 아이콘은 Lucide(ISC 라이선스), 글꼴은 Pretendard(SIL 오픈 폰트 라이선스)예요. HnH는 MIT 또는 Apache 2.0 라이선스의 자유 소프트웨어예요.

# 홈
home-near = 지금 가까이에서
home-today = 오늘의 레시피
home-all-recipes = 모든 레시피
home-shortcuts = 바로 찾기
home-vegan-places = 비건 식당
home-protein = 500 kcal 이하 고단백
home-quick = 20분 안에
home-vegan = 비건 레시피
home-foods = 식품 성분
home-near-none = 가까운 곳을 찾지 못했어요
home-near-unknown = 지금 열었는지 알려진 곳이 없어서 가장 가까운 곳을 보여 드려요.
home-other = 다른 레시피

# 저장
saved-none = 아직 저장한 것이 없어요
saved-none-text = 하트를 누르면 이 기기에 저장돼요. 인터넷이 없어도 열려요.
saved-recipes = 레시피
saved-places = 장소

# 위치
near-me = 내 주변
where-title = 어디에 계세요?
where-why = 가까운 곳을 찾으려면 위치가 필요해요. 위치는 검색할 때만 쓰고 이 기기에만 기억해요.
where-asking = 위치를 찾고 있어요. 기다리지 않고 지역을 골라도 돼요.
where-denied = 위치를 쓸 수 없게 되어 있어요. 괜찮아요, 지역을 골라 주세요.
where-slow = 위치를 찾는 데 너무 오래 걸려요. 지역을 골라 주세요.
where-absent = 이 기기에서는 위치를 알 수 없어요. 지역을 골라 주세요.
where-denied-short = 위치를 쓸 수 없어요. 지역을 골라 주세요.
spot-here = 현재 위치
area-pick = 지역 고르기
area-title = 어느 지역에서 찾을까요?
area-search = 동, 구, 도시 이름 (초성도 돼요)
area-none = 그런 이름의 지역이 없어요. 더 짧게 적어 보세요.

# 지도와 장소
places-search = 식당, 메뉴, 음식 종류
places-list = 찾은 곳
places-count = { $shown }곳
places-closer = 가까운 { $count }곳이에요. 지도를 확대하면 더 보여요.
places-none = 이 지역에는 없어요
places-none-text = 지도를 옮기거나 조건을 줄여 보세요.
places-everywhere = 모든 지역에서 찾기
places-show = { $count }곳 보기
places-show-all = 보기
places-only = 그 메뉴만 파는 곳
places-diet-note = 그 식단을 낸다고 알려진 곳만 보여요. 모르는 곳은 나오지 않아요.
places-kind = 종류
places-open = 영업 시간
open-any = 상관없음
open-now = 지금 영업
open-at = 시간 고르기
open-at-label = 그곳 시각
map-title = 지도
map-zoom-in = 확대
map-zoom-out = 축소
map-search-here = 이 지역에서 찾기
list-higher = 목록 넓히기
list-lower = 목록 줄이기
place-title = 장소
place-walk = { $distance } · 걸어서 { $time }
place-away = 여기서 { $distance }
place-open = 영업 중
place-open-until = 영업 중 · { $time }까지
place-closed = 영업 안 함
place-opens-at = 닫힘 · { $time }에 열어요
place-hours-unknown = 영업 시간 모름
place-from-device = 기기에 저장된 정보예요. 지금 열었는지는 알 수 없어요.
place-directions = 길 찾기
place-call = 전화
place-website = 웹사이트
place-on-map = 지도에서 보기
place-menu = 메뉴
place-hours = 영업 시간
place-hours-source = 원본: { $text }
place-where = 위치와 연락처
place-address = 주소
place-phone = 전화
place-position = 좌표
place-diet-note = 자료에 적힌 대로예요. 조리 환경은 알 수 없으니 알레르기가 있다면 꼭 물어보세요.
menu-on-request = { $mark } 가능
diet-only = { $diet } 전문
diet-limited = { $diet } 일부
diet-no = { $diet } 없음
diet-unknown = { $diet } 모름
credit = 출처: { $source } ({ $licence }).
today = 오늘
day-mon = 월
day-tue = 화
day-wed = 수
day-thu = 목
day-fri = 금
day-sat = 토
day-sun = 일
