"""The configuration that `cleaner init` writes: all values commented out, so that nothing changes by it."""

TEMPLATE = """\
# What `cleaner` does in this folder and below. Every value is commented out; take the # away from those that you want.
# `cleaner config` shows what is in effect, and where each value came from; flags go before this file.

# Rule packs, later ones win. Add your own by path from this file: "./rules/ours.toml" (see `cleaner rules new`).
#packs = ["default"]

# Rules to leave out, by id; * stands for anything. `cleaner rules list` shows all.
#disable = ["byline/*", "caption/photo-by"]

# Lines that match one of these patterns (RE2) are never removed.
#keep = ['''^Editor.s note: this is a serial''']

# Categories to keep: appeal, paywall, newsletter, ad, credit, caption, byline, bio, social, related, comments, consent,
# navigation, notice, player, repeat.
#keep_categories = ["caption"]

# Evidence from which a line goes; higher is more careful.
#threshold = 1.0

# A document that would lose more than this share of its characters is held: written unchanged, and reported.
#max_removed = 0.6

# Files and folders to pass over, written as in a .gitignore, from this file's folder on.
#exclude = ["drafts/", "*.bak.txt"]

# Changes to one rule or signal; repeat the table for others.
#[[tweak]]
#id = "paywall/meter"
#weight = 0.7
#add_none = ['''\\bmagazine history\\b''']   # not in a line that matches this

# Settings for some documents only; path is written as in a .gitignore. Repeat the table for others.
#[[per_path]]
#path = "reuters/**"
#disable = ["credit/*"]
#keep = ['''^A correction:''']
#keep_categories = ["byline"]
#threshold = 1.5
#max_removed = 0.3

# What `cleaner check` lets pass; without any limit no finding passes.
#[check]
#select = ["paywall", "appeal/*"]   # count findings of these rules or categories only
#ignore = ["caption"]               # do not count these
#max_lines = 100
#max_share = "0.5%"                 # of all characters
#max_docs = 20                      # documents with findings
#max = { caption = 50 }             # findings by category
#max_lines_per_file = 5
#max_share_per_file = "10%"
#max_per_file = { related = 3 }
#fail_on_change = false             # true: let nothing pass, whatever the limits
#baseline = "baseline.jsonl"        # findings that are accepted: cleaner check --update-baseline

# The Apache Spark cluster of `cleaner clean --engine spark`; conf holds Spark's own properties.
#[spark]
#master = "spark://cluster.example:7077"
#conf = { "spark.executor.memory" = "4g" }
"""
