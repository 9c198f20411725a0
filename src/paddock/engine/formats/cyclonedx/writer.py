def write_document(*a,**k): raise NotImplementedError
