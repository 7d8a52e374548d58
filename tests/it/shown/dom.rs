//! The text that a page shows, by the parser of another project (html5ever, of Servo).

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, QualName};

/// Elements of which browsers show nothing (https://html.spec.whatwg.org/multipage/rendering.html#hidden-elements), and those
/// whose content only stands in for them.
const HIDDEN: &str = "area audio base basefont canvas datalist embed head iframe input link meta meter noembed noframes noscript \
                      param progress rp script source style template textarea title track video";

enum Node {
    Element {
        name: &'static QualName,
        attributes: Vec<Attribute>,
        children: Vec<usize>,
        parent: Option<usize>,
        template: usize,
    },
    Text(String, Option<usize>),
    Other(Option<usize>),
}

#[derive(Default)]
struct Tree(RefCell<Vec<Node>>);

/// The words that a page shows, each text by itself.
pub(super) fn shown(html: &str) -> String {
    let tree = html5ever::parse_document(Tree::new(), html5ever::ParseOpts::default()).one(html);
    let nodes = tree.0.into_inner();
    let mut text = String::new();
    let mut open = vec![0];
    while let Some(node) = open.pop() {
        match &nodes[node] {
            Node::Text(words, _) => text.push_str(words),
            Node::Element { name, attributes, children, .. } => {
                let attribute = |of: &str| attributes.iter().find(|it| &*it.name.local == of).map(|it| &*it.value);
                let is_closed =
                    attribute("hidden").is_some() || &*name.local == "dialog" && attribute("open").is_none();
                let is_styled = attribute("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
                let is_hidden = HIDDEN.split(' ').any(|hidden| *name.local == *hidden) || is_closed || is_styled;
                if !is_hidden {
                    open.extend(children.iter().rev());
                }
            }
            Node::Other(_) => {}
        }
    }
    text
}

impl Tree {
    fn new() -> Tree {
        let tree = Tree::default();
        tree.element(QualName::new(None, html5ever::ns!(), html5ever::local_name!("")), Vec::new());
        tree
    }

    fn put(&self, node: Node) -> usize {
        self.0.borrow_mut().push(node);
        self.0.borrow().len() - 1
    }

    fn element(&self, name: QualName, attributes: Vec<Attribute>) -> usize {
        // The names of a test are few, and live as long as it does.
        let name = Box::leak(Box::new(name));
        self.put(Node::Element { name, attributes, children: Vec::new(), parent: None, template: usize::MAX })
    }

    fn children(&self, node: usize, change: impl FnOnce(&mut Vec<usize>)) {
        if let Node::Element { children, .. } = &mut self.0.borrow_mut()[node] {
            change(children);
        }
    }

    fn parent(&self, node: usize) -> Option<usize> {
        match &self.0.borrow()[node] {
            Node::Element { parent, .. } | Node::Text(_, parent) | Node::Other(parent) => *parent,
        }
    }

    fn set_parent(&self, node: usize, to: Option<usize>) {
        match &mut self.0.borrow_mut()[node] {
            Node::Element { parent, .. } | Node::Text(_, parent) | Node::Other(parent) => *parent = to,
        }
    }

    fn insert(&self, parent: usize, at: Option<usize>, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(words) => self.put(Node::Text(words.to_string(), None)),
        };
        self.remove_from_parent(&child);
        self.set_parent(child, Some(parent));
        self.children(parent, |children| {
            let place = at.and_then(|at| children.iter().position(|it| *it == at)).unwrap_or(children.len());
            children.insert(place, child);
        });
    }
}

impl TreeSink for Tree {
    type Handle = usize;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> usize {
        0
    }
    fn elem_name<'a>(&'a self, target: &'a usize) -> ExpandedName<'a> {
        match &self.0.borrow()[*target] {
            Node::Element { name, .. } => name.expanded(),
            Node::Text(..) | Node::Other(_) => panic!("only elements have names"),
        }
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.element(name, attributes)
    }
    fn create_comment(&self, _: StrTendril) -> usize {
        self.put(Node::Other(None))
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.put(Node::Other(None))
    }
    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }
    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        match self.parent(*element) {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(previous, child),
        }
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, target: &usize) -> usize {
        let known = match &self.0.borrow()[*target] {
            Node::Element { template, .. } => *template,
            Node::Text(..) | Node::Other(_) => panic!("only elements have contents"),
        };
        if known != usize::MAX {
            return known;
        }
        let contents = self.element(QualName::new(None, html5ever::ns!(), html5ever::local_name!("")), Vec::new());
        if let Node::Element { template, .. } = &mut self.0.borrow_mut()[*target] {
            *template = contents;
        }
        contents
    }
    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let Some(parent) = self.parent(*sibling) {
            self.insert(parent, Some(*sibling), child);
        }
    }
    fn add_attrs_if_missing(&self, target: &usize, attrs: Vec<Attribute>) {
        if let Node::Element { attributes, .. } = &mut self.0.borrow_mut()[*target] {
            for new in attrs {
                if !attributes.iter().any(|known| known.name == new.name) {
                    attributes.push(new);
                }
            }
        }
    }
    fn remove_from_parent(&self, target: &usize) {
        if let Some(parent) = self.parent(*target) {
            self.children(parent, |children| children.retain(|child| child != target));
            self.set_parent(*target, None);
        }
    }
    fn reparent_children(&self, node: &usize, to: &usize) {
        let mut moved = Vec::new();
        self.children(*node, |children| moved = std::mem::take(children));
        for child in &moved {
            self.set_parent(*child, Some(*to));
        }
        self.children(*to, |children| children.extend(moved));
    }
}
