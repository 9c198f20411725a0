Gem::Specification.new do |spec|
  spec.name = "engine"
  spec.version = "0.1.0"
  spec.license = "MIT"
  spec.add_dependency "web"
  spec.add_development_dependency "linter", "~> 1.0"
end
