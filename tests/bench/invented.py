"""Names of people who do not exist, as many as one wishes."""

FAMILIES = [
    "Авдеев",
    "Борисов",
    "Власов",
    "Гордеев",
    "Дьячков",
    "Ершов",
    "Жданов",
    "Зимин",
    "Ильин",
    "Карпов",
    "Лазарев",
    "Мельников",
    "Носов",
    "Орлов",
]
FAMILIES += [
    "Панин",
    "Рогов",
    "Савин",
    "Титов",
    "Уваров",
    "Фомин",
    "Хохлов",
    "Цветков",
    "Чернов",
    "Шаров",
    "Щукин",
    "Юдин",
    "Якушев",
    "Кузьмин",
]
GIVEN = [
    "Иван",
    "Пётр",
    "Сергей",
    "Алексей",
    "Дмитрий",
    "Николай",
    "Андрей",
    "Михаил",
    "Фёдор",
    "Егор",
    "Павел",
    "Роман",
    "Олег",
    "Игорь",
    "Юрий",
]
FATHERS = [
    "Иванович",
    "Петрович",
    "Сергеевич",
    "Алексеевич",
    "Дмитриевич",
    "Николаевич",
    "Андреевич",
    "Михайлович",
    "Павлович",
]


def identity(place):
    """What is sealed of one of them."""
    family = FAMILIES[place % len(FAMILIES)]
    given = GIVEN[place // len(FAMILIES) % len(GIVEN)]
    father = FATHERS[place // 7 % len(FATHERS)]
    year, month = 1970 + place % 35, 1 + place % 12
    return {
        "name": f"{family} {given} {father}",
        "latin_name": "",
        "birth_date": f"{year}-{month:02}-{1 + place % 28:02}",
    }
