"""Given names: spellings that are one name in another language, and the short forms people are called by.

One line a name: the canonical form, other forms, then after the bar the short forms. Spellings that only differ by
transliteration need no entry: their sound is the same.
"""

TABLE = """
Александр Alexander Alexandre Oleksandr Aliaksandr | Саша Сашка Шура Саня Санёк Alex Sacha
Алексей Oleksii Aliaksei Alexis | Лёша Лёха Алёша Лёшка Alyosha
Анатолий Anatole Anatol | Толя Толик
Андрей Andrew Andrii Andreas | Дюша Андрюша Андрюха
Антон Anthony Antoine Antony | Тоша Антоша
Аркадий Arcadius | Аркаша
Арсений Arsène | Сеня Арсюша
Артём Artemii | Тёма Артёмка
Артур Arthur
Ахмед Ахмад Ахмат Akhmet
Богдан Bohdan | Бодя
Борис | Боря
Вадим | Вадик
Валентин Valentine | Валя Валик
Валерий | Валера
Василий Basil Basile Vasyl | Вася Васька
Виктор Viktar | Витя
Виталий | Виталик
Владимир Volodymyr Uladzimir | Вова Володя Вовка Vlad Влад
Владислав Uladzislau | Влад Владик Слава
Всеволод | Сева
Вячеслав Viacheslav Viachaslau | Слава
Геннадий Hennadii Henadz | Гена
Георгий George Georges Giorgi Heorhii | Гоша Жора Гога
Герман Hermann | Гера
Глеб Hlib Hleb
Григорий Gregory Grégoire Hryhorii Ryhor Рыгор | Гриша
Давид | Дава Додик
Даниил Daniel Данила Danylo | Даня Данька
Денис Dzianis | Дэн Дениска
Дмитрий Dimitri Dmytro Dzmitry Demetrius | Дима Митя Димка Dimon
Евгений Eugene Yevhen Yauhen | Женя Жека Jenya
Егор Yehor Ягор | Егорка
Ефим Yukhym | Фима
Захар Zachary | Захарка
Иван | Ваня Ванька Vania
Игорь Ihor Ihar | Гарик Игорёк
Илья Elias | Илюша Илюха
Иосиф Joseph Осип Yosyp
Кирилл Cyril Cyrille Kyrylo | Кира Кирюша
Константин Constantine Kostiantyn Kanstantsin | Костя Костик
Лев | Лёва
Леонид Leonidas Leanid Leonide | Лёня
Лука Luke Luc
Магомед Мухаммад Мохаммед Mahomet Магомет Mukhamed | Мага
Максим Maxime | Макс Max
Марк Marko
Матвей Matthew Matthieu Matvii | Мотя
Михаил Michael Michel Mykhailo Mikael Mihai | Миша Мишка Misha Micha
Мурат Murad
Никита Mykyta | Никитка
Николай Nicholas Nicolas Mykola Mikalai | Коля Николаша Колян
Олег Oleh Aleh | Олежка
Павел Paul Pavlo Pavol | Паша Пашка
Пётр Peter Pierre Petro Pjotr | Петя Петька
Роман Raman | Рома Ромка
Руслан | Русик
Рустам Rustem | Рустик
Савелий | Сава
Святослав | Слава Свят
Семён Simon | Сеня Сёма
Сергей Serguei Sergius Serhii Siarhei Sergi | Серёжа Серёга
Станислав Stanislaus Stanislau | Стас Слава
Степан Stephen Stefan Stéphane Stsiapan | Стёпа
Тимофей Timothy Timothée Tymofii | Тима Тимоша
Тимур Temur
Фёдор Theodore Fedir Fiodar Teodor | Федя
Филипп Philippe Pylyp | Филя
Юрий Iurie | Юра Юрик
Яков Jacob Yakiv | Яша
Ярослав Yaroslau | Слава Ярик
Александра Oleksandra | Саша Шура Саня Sacha
Анастасия Anastasie Nastassia | Настя Стася
Ангелина Angéline | Лина Геля
Анна Anne Hanna Ann Ганна | Аня Анюта Нюра
Валентина | Валя
Валерия Valerie | Лера
Варвара Barbara | Варя
Вера Vira
Вероника Véronique | Ника
Виктория Victoire | Вика
Галина Halyna | Галя
Дарья | Даша
Диана Diane
Евгения Eugenia Yevheniia | Женя
Екатерина Catherine Katerina Katsiaryna Ekaterine | Катя Катюша
Елена Helen Hélène Olena Helena | Лена Алёна
Елизавета Elizabeth Élisabeth | Лиза
Зинаида | Зина
Ирина Irene | Ира Иринка
Ксения | Ксюша
Лариса | Лара
Лидия Lydie | Лида
Любовь | Люба
Людмила Ljudmila | Люда Мила
Маргарита Margaret Marguerite | Рита
Мария Marie Mary | Маша Маруся
Надежда Nadia Nadejda | Надя
Наталья Natalie Nathalie | Наташа
Оксана | Ксана
Ольга Olha Volha | Оля
Полина Pauline Paulina | Поля
Раиса | Рая
Светлана Svitlana Sviatlana | Света
София Sophie | Соня
Татьяна Tetiana Tatsiana | Таня
Ульяна | Уля
Юлия Julie | Юля
Азамат | Азам
Бауыржан Baurjan
Булат Bolat
Рамзан Рамазан
Ринат Renat
Хасан Gasan
Чингиз Genghis
Шамиль Chamil
"""
# Known as given names, with nothing to join.
OTHERS = """
Адам Аделина Айгуль Айдар Айрат Алибек Алина Алла Алмаз Алсу Альберт Альбина Альфред Арман Аслан Асхат Баир
Бахтияр Бахыт Бекзат Бислан Василиса Гульнара Дамир Данияр Динара Ерболат Ерлан Жанибек Зарина Зелимхан
Злата Зульфия Ильдар Ильнур Инал Инна Искандер Ислам Камиль Карим Клим Кристина Лилия Мадина Майя Мансур
Марат Марина Милана Мирон Мустафа Мухтар Назар Наиль Неля Нина Нурлан Олжас Остап Платон Прохор Радик Рашид
Регина Рената Роберт Родион Ростислав Салават Санжар Серик Снежана Султан Тагир Тамара Тарас Темирлан Трофим
Умар Фарид Феликс Хамид Эдуард Эльвира Эльдар Эльмир Эльмира Эмиль Эмма Амина Аминат Зайнаб Патимат Фатима Эрик Юлиан Яна
"""
