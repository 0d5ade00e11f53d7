"""What the language server answers: one file a question of the editor; `changing` writes what is to change."""
