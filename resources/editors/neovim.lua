-- nuages in Neovim 0.10, for init.lua: serves the templates of each project with a manage.py.
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'htmldjango',
  callback = function(event)
    vim.lsp.start({
      name = 'nuages',
      cmd = { 'nuages', 'serve' },
      root_dir = vim.fs.root(event.buf, 'manage.py'),
    })
  end,
})
