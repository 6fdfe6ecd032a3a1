"""Models of the Hugging Face hub, by repository id and branch, pinned to commits.

Only safetensors, config and tokenizer files are ever downloaded; code never is. Where the files lie and which token
opens gated ones is the hub client's business (`HF_HOME`, `HF_TOKEN`, `HF_ENDPOINT`). Every question waits seconds at
most, so that a machine without a network says so at once; with `offline` set, only what is on disk is looked at.

    hub        what the catalogue asks: card, commit, files, download
    asking     a question to the hub, its errors as refusals
    notes      what was learnt, as small files in the cache folder: branches, trees, what was fetched
    branches   which branches there are, and the commit each points to
    trees      which files a commit holds, and which of them are fetched
    disk       what lies in the hub client's cache
    fetch      one file: resumed, checked, linked; `fetching` does so for a checkpoint, as a process of its own
    download   that process, seen by whoever waits for it
    keep       what leaves the disk, and when
"""
