-- Books on loan
CREATE TABLE loans (
    book_id INTEGER NOT NULL,
    reader TEXT NOT NULL,
    due DATE
);

CREATE VIEW overdue AS
SELECT * FROM loans WHERE due < CURRENT_DATE;
