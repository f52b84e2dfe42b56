-- nuages in Neovim 0.10 or later, for init.lua: serves the templates of each Django project.

-- The folder of the project that a file lies in: one with manage.py, or with [tool.nuages] in its pyproject.toml.
local function project(file)
  return vim.fs.root(file, function(name, folder)
    if name ~= 'pyproject.toml' then return name == 'manage.py' end
    local text = table.concat(vim.fn.readfile(vim.fs.joinpath(folder, name)), '\n')
    return ('\n' .. text):find('\n%[tool%.nuages[%].]') ~= nil
  end)
end

-- Neovim takes a file for a template if one of its first lines has a tag that it knows. In a project all are templates
-- that lie in a folder called templates, those of mails as well.
local function template(path)
  return project(path) and 'htmldjango'
end
vim.filetype.add({ pattern = { ['.*/templates/.*%.html'] = template, ['.*/templates/.*%.txt'] = template } })

-- One server serves the projects of all buffers: it finds that of each template by itself.
local function isServer(client)
  return client.name == 'nuages'
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'htmldjango', 'html' },
  callback = function(event)
    local root = project(event.buf)
    if root then
      vim.lsp.start({ name = 'nuages', cmd = { 'nuages', 'serve' }, root_dir = root }, { reuse_client = isServer })
    end
  end,
})
