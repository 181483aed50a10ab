"""The library on disk: one encrypted SQLite file that is the truth, and FAISS as a cache of it.

`library.Store` is what the rest of the program uses. Behind it: schema.py (connection, key, migrations), lock.py (one
writer), catalog.py (files, text, chunks), embeddings.py (passages and their vectors), wording.py (FTS5), selection.py
(what a filter allows), vectors.py (FAISS, the only door), vector_search.py (FAISS and the catalogue together),
snapshot.py (the encrypted copy of the FAISS index), checking.py (does it all agree, and mend it), records.py (shapes).
"""
