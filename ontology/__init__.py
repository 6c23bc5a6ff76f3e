"""The meaning, as files a librarian can read: vocabulary, shapes, mapping rules, code tables, saved queries."""
