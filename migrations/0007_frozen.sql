-- What an agreed plan said of the child's year and school, however they change later.
alter table plan add column year_group text;
alter table plan add column school_name text;
