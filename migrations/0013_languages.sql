-- The language that a person's own pages are in, by its tag; English where nothing is
-- said.
alter table person add column language text;

-- The language in which an answer was given, by its tag; English where nothing is said.
alter table shared_answer add column language text;
