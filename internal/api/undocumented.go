package api

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// Undocumented lists the exported names of the package in dir that no comment
// explains, as "file:line: name", in the order of the files. A function, method
// or type needs a comment of its own. A constant, variable or field may also be
// named by the comment of its group or type, or by that of a field beside it, as
// in "Source and Target are".
func Undocumented(dir string) ([]string, error) {
	pkg, err := build.ImportDir(dir, 0)
	if err != nil {
		return nil, fmt.Errorf("look for comments in %s: %w", dir, err)
	}
	c := commentChecker{fset: token.NewFileSet()}
	about := ""
	for _, name := range pkg.GoFiles {
		file, err := parser.ParseFile(c.fset, filepath.Join(dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("look for comments in %s: %w", dir, err)
		}
		about += file.Doc.Text()
		for _, d := range file.Decls {
			c.declaration(d)
		}
	}
	if about == "" {
		c.missing = append(c.missing, dir+": package "+pkg.Name)
	}
	return c.missing, nil
}

type commentChecker struct {
	fset    *token.FileSet
	missing []string
}

// need notes a name unless it is hidden or explained.
func (c *commentChecker) need(name *ast.Ident, explained bool) {
	if name.IsExported() && !explained {
		at := c.fset.Position(name.Pos())
		c.missing = append(c.missing, fmt.Sprintf("%s:%d: %s", filepath.Base(at.Filename), at.Line, name.Name))
	}
}

func (c *commentChecker) declaration(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || ast.IsExported(receiver(d)) {
			c.need(d.Name, d.Doc.Text() != "")
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.ValueSpec:
				for _, n := range s.Names {
					c.need(n, explains(s.Doc, s.Comment) || explains(d.Doc) && !d.Lparen.IsValid() || names(n, d.Doc))
				}
			case *ast.TypeSpec:
				c.need(s.Name, d.Doc.Text()+s.Doc.Text() != "")
				if s.Name.IsExported() {
					c.members(s, d.Doc)
				}
			}
		}
	}
}

// members checks the fields of a struct and the methods of an interface. What is
// embedded speaks for itself.
func (c *commentChecker) members(s *ast.TypeSpec, doc *ast.CommentGroup) {
	var list *ast.FieldList
	switch t := s.Type.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	default:
		return
	}
	about := []*ast.CommentGroup{doc, s.Doc}
	for _, f := range list.List {
		about = append(about, f.Doc, f.Comment)
	}
	for _, f := range list.List {
		for _, n := range f.Names {
			c.need(n, explains(f.Doc, f.Comment) || names(n, about...))
		}
	}
}

// explains reports whether any of the comments says something.
func explains(comments ...*ast.CommentGroup) bool {
	for _, c := range comments {
		if c.Text() != "" {
			return true
		}
	}
	return false
}

// names reports whether any of the comments names n.
func names(n *ast.Ident, comments ...*ast.CommentGroup) bool {
	for _, c := range comments {
		for word := range strings.FieldsFuncSeq(c.Text(), func(r rune) bool { return !token.IsIdentifier(string(r)) && (r < '0' || r > '9') }) {
			if word == n.Name {
				return true
			}
		}
	}
	return false
}

// receiver is the name of the type that a method is of.
func receiver(d *ast.FuncDecl) string {
	name := strings.TrimLeft(source(d.Recv.List[0].Type), "*")
	name, _, _ = strings.Cut(name, "[")
	return name
}
