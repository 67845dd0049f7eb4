// Package api lists what a Go package exports, one line each, so that a test
// can keep the list in a file and a change of the public API shows as a change
// of that file. It also finds exported names that no comment explains.
//
// It is no step of the pipeline: only its own tests use it. The form of the
// lines is that of the lists of the Go distribution.
package api

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/printer"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// List returns the exported constants, variables, functions, types, methods,
// fields and methods of interfaces of the package in dir, sorted. name stands
// for the package in the lines.
func List(dir, name string) ([]string, error) {
	pkg, err := build.ImportDir(dir, 0)
	if err != nil {
		return nil, fmt.Errorf("list the API of %s: %w", dir, err)
	}
	l := lister{prefix: "pkg " + name + ", "}
	fset := token.NewFileSet()
	for _, file := range pkg.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(dir, file), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("list the API of %s: %w", dir, err)
		}
		for _, d := range f.Decls {
			l.declaration(d)
		}
	}
	slices.Sort(l.lines)
	return slices.Compact(l.lines), nil
}

type lister struct {
	prefix string
	lines  []string
}

func (l *lister) add(format string, args ...any) {
	l.lines = append(l.lines, l.prefix+fmt.Sprintf(format, args...))
}

func (l *lister) declaration(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() {
			l.function(d)
		}
	case *ast.GenDecl:
		for i, s := range d.Specs {
			switch s := s.(type) {
			case *ast.ValueSpec:
				l.values(d, i, s)
			case *ast.TypeSpec:
				if s.Name.IsExported() {
					l.typeSpec(s)
				}
			}
		}
	}
}

func (l *lister) function(d *ast.FuncDecl) {
	signature := strings.TrimPrefix(source(d.Type), "func")
	if d.Recv == nil {
		l.add("func %s%s", d.Name, signature)
		return
	}
	recv := source(d.Recv.List[0].Type)
	if base := strings.TrimLeft(recv, "*"); ast.IsExported(base) {
		l.add("method (%s) %s%s", recv, d.Name, signature)
	}
}

// values lists constants and variables with their type, where it is written or
// taken over from the constant before, and the values of constants.
func (l *lister) values(d *ast.GenDecl, i int, s *ast.ValueSpec) {
	typ := s.Type
	if d.Tok == token.CONST && len(s.Values) == 0 { // as in the last spec that has values
		for j := i; j >= 0; j-- {
			if before := d.Specs[j].(*ast.ValueSpec); len(before.Values) > 0 {
				typ = before.Type
				break
			}
		}
	}
	for k, name := range s.Names {
		if !name.IsExported() {
			continue
		}
		line := d.Tok.String() + " " + name.Name
		if typ != nil {
			line += " " + source(typ)
		}
		if d.Tok == token.CONST && k < len(s.Values) {
			line += " = " + source(s.Values[k])
		}
		l.add("%s", line)
	}
}

func (l *lister) typeSpec(s *ast.TypeSpec) {
	name := s.Name.Name
	if s.TypeParams != nil {
		var params []string
		for _, f := range s.TypeParams.List {
			for _, n := range f.Names {
				params = append(params, n.Name+" "+source(f.Type))
			}
		}
		name += "[" + strings.Join(params, ", ") + "]"
	}
	equals := ""
	if s.Assign.IsValid() {
		equals = "= "
	}
	switch t := s.Type.(type) {
	case *ast.StructType:
		l.add("type %s %sstruct", name, equals)
		l.fields("type "+name+" struct, ", t.Fields)
	case *ast.InterfaceType:
		l.add("type %s %sinterface", name, equals)
		l.fields("type "+name+" interface, ", t.Methods)
	default:
		l.add("type %s %s%s", name, equals, source(t))
	}
}

// fields lists the fields of a struct, with their tags, or the methods of an
// interface.
func (l *lister) fields(prefix string, list *ast.FieldList) {
	for _, f := range list.List {
		typ := source(f.Type)
		if _, ok := f.Type.(*ast.FuncType); ok && strings.Contains(prefix, " interface") {
			typ = strings.TrimPrefix(typ, "func")
		} else {
			typ = " " + typ
		}
		if f.Tag != nil {
			typ += " " + f.Tag.Value
		}
		if len(f.Names) == 0 {
			embedded := strings.TrimLeft(source(f.Type), "*")
			if ast.IsExported(embedded[strings.LastIndexByte(embedded, '.')+1:]) {
				l.add("%sembedded%s", prefix, typ)
			}
		}
		for _, n := range f.Names {
			if n.IsExported() {
				l.add("%s%s%s", prefix, n, typ)
			}
		}
	}
}

// source is the Go code of a node on one line.
func source(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		panic(err) // a bytes.Buffer takes everything
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
