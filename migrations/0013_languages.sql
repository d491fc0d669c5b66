-- The language that a person's own pages are in, by its tag; English where nothing is
-- said.
alter table person add column language text;
